/** The longest side of what we make: phones refuse larger canvases. */
const LONGEST_SIDE = 4_096;

/** A picture that Mercado Libre does not take, as a JPG, if this browser can read it: Safari reads HEIC, every browser reads
 *  WebP. Null: it cannot. */
export async function toJpeg(file: File): Promise<File | null> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    if (pen === null) return null;
    // A JPG has no holes: what was transparent becomes paper, not black.
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
    if (blob === null) return null;
    return new File([blob], `${file.name.replace(/\.[A-Za-z0-9]{1,5}$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return null;
  }
}
