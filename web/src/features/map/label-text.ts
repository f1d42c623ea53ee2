/** Leaflet writes labels as HTML; a name is text. */
export function escapeText(text: string): string {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
}
