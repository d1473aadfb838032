import { describe, expect, it } from "vitest";
import { fileFaultOf } from "./upload-refusal";

const said = (status: number | null, message: string, causes: string[] = []) => ({ status, message, causes });

describe("fileFaultOf", () => {
  it.each([
    ["File attached is empty", "empty"],
    ["File name cannot include characters like /, \\", "name_characters"],
    ["File attachment is bigger than 25 Mb.", "too_big"],
    ["The original_filename exceeded 200 character limit", "name_too_long"],
    ["File type is not supported: video/mp4", "type"],
    ["Something nobody wrote down", "refused"],
  ])("reads %j", (message, fault) => {
    expect(fileFaultOf(said(400, message))).toBe(fault);
    expect(fileFaultOf(said(400, "", [message]))).toBe(fault);
  });

  it("takes a 500 for a file that could not be kept", () => {
    expect(fileFaultOf(said(500, "File can not be saved, try it later"))).toBe("not_saved");
  });

  it.each([
    [400, "The queryparam 'site_id' is required"],
    [400, "Invalid site_id: 'CBT' is not a recognized site"],
    [400, "Access token is required"],
    [403, "forbidden"],
    [429, "Too many request"],
    [503, "unavailable"],
    [null, ""],
  ])("blames no file for %s %s", (status, message) => {
    expect(fileFaultOf(said(status, message))).toBeNull();
  });
});
