import { describe, expect, it } from "vitest";
import { shortNames } from "../src/lib/short-names";

const short = (...names: string[]) => [...shortNames(names, 18).values()];

describe("names for a narrow list", () => {
  it("keep what fits, and make initials of the middle names of what does not", () => {
    expect(short("Jane Wanjiku", "Joy Auma Otieno", "Alice Jepkosgei Chepkwony")).toEqual([
      "Jane Wanjiku",
      "Joy Auma Otieno",
      "Alice J. Chepkwony",
    ]);
    expect(short("Mary Wanjiru  Nyambura Kamau")).toEqual(["Mary W. N. Kamau"]);
  });

  it("never look alike", () => {
    const both = ["Alice Jepkosgei Chepkwony", "Alice Jebet Chepkwony"];
    expect(short(...both, "Alice Muthoni Macharia")).toEqual([...both, "Alice M. Macharia"]);
    // Nor like somebody's whole name.
    expect(short("Grace W. Kamau", "Grace Wambui Kamau")).toEqual([
      "Grace W. Kamau",
      "Grace Wambui Kamau",
    ]);
  });
});
