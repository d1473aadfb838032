const TINTS = ["#d9d4ca", "#cfd6d3", "#d3d3dc", "#dcd2cd", "#d0d7dd"];

/** A calm stand-in for the picture of a listing, as SVG: the same one for the same address. */
export function productPicture(address: string): string {
  const sum = [...address].reduce((total, char) => total + char.charCodeAt(0), 0);
  const tint = TINTS[sum % TINTS.length] ?? "#d9d4ca";
  const size = 30 + (sum % 14);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" width="90" height="90">',
    `<rect width="90" height="90" fill="${tint}"/>`,
    `<rect x="${45 - size / 2}" y="${50 - size / 2}" width="${size}" height="${size}" rx="${6 + (sum % 9)}" fill="#ffffff" fill-opacity=".72"/>`,
    `<rect x="${45 - size / 4}" y="${44 - size / 2}" width="${size / 2}" height="9" rx="4" fill="#ffffff" fill-opacity=".5"/>`,
    "</svg>",
  ].join("");
}
