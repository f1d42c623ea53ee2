import type L from "leaflet";

/** A marker is a button: Leaflet gives it the focus and the role, but not the keys. */
export function onPress(marker: L.Marker, act: () => void): void {
  marker.on("click", act);
  marker.on("keydown", (event) => {
    const { originalEvent } = event as L.LeafletKeyboardEvent;
    if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
    originalEvent.preventDefault();
    act();
  });
}
