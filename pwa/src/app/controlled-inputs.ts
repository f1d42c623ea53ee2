/**
 * React puts a field back to its `value` when its `onChange` did not take what was typed (a letter
 * in a PIN, a date in the future); Preact leaves it standing while the state says otherwise. This
 * is the missing half: after each input, what was last drawn stands in the field again.
 */
import { options, type VNode } from "preact";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Drawn {
  value?: unknown;
  checked?: unknown;
}

const drawn = new WeakMap<EventTarget, Drawn>();

/** Preact's own name for a node's element, fixed in its build (mangle.json). */
type Node = VNode & { __e?: EventTarget | null };

export function keepInputsControlled(): void {
  const { diffed, event: before } = options;
  options.diffed = (node: Node) => {
    const props = node.props as Drawn | null;
    if (typeof node.type === "string" && node.__e && props && isControlled(props)) {
      drawn.set(node.__e, props);
    }
    diffed?.(node);
  };
  options.event = (event) => {
    if (event.type === "input" || event.type === "change")
      afterDrawing(() => putBack(event.target));
    return before ? before(event) : event;
  };
}

const isControlled = (props: Drawn) => props.value !== undefined || props.checked !== undefined;

/** The state that the handler sets is drawn in the microtask before the second of these. */
const afterDrawing = (work: () => void) => queueMicrotask(() => queueMicrotask(work));

function putBack(target: EventTarget | null): void {
  if (target instanceof HTMLInputElement && target.type === "radio") {
    for (const radio of document.getElementsByName(target.name)) reset(radio as Field);
  } else if (target) reset(target as Field);
}

function reset(field: Field): void {
  const props = drawn.get(field);
  if (!props) return;
  if (field instanceof HTMLInputElement && typeof props.checked === "boolean") {
    if (field.checked !== props.checked) field.checked = props.checked;
  } else if (props.value !== undefined && field.type !== "file") {
    const value = String(props.value ?? "");
    if (field.value !== value) field.value = value;
  }
}
