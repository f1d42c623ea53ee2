/** To the first thing on a form that is wrong, once what is said about it stands there. */
export function toFirstProblem(form: HTMLElement | null): void {
  requestAnimationFrame(() =>
    form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')?.focus(),
  );
}
