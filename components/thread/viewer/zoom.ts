/** How large a file is drawn: as the window allows, or as a multiple of its real size. */
export type Zoom = typeof FIT | number;
export const FIT = "fit";

const STEPS = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** The next step up. From "fit", whose size the window decides, the real size comes first. */
export function larger(zoom: Zoom): Zoom {
  return zoom === FIT ? 1 : (STEPS.find((step) => step > zoom) ?? zoom);
}

export function smaller(zoom: Zoom): Zoom {
  return zoom === FIT ? FIT : (STEPS.findLast((step) => step < zoom) ?? zoom);
}
