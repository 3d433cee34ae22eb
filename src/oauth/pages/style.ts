/** How the pages of signing in look: one column, large targets, the colours that the person has chosen. */
export const style = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; }
main { max-width: 26rem; margin: 0 auto; padding: 1.5rem 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
label, legend { display: block; font-weight: 600; margin-top: 1rem; }
fieldset { border: 0; margin: 0; padding: 0; }
fieldset label { display: flex; gap: 0.75rem; align-items: center; min-height: 2.75rem; font-weight: 400; margin: 0; }
input[type='email'], input[type='password'], button { width: 100%; min-height: 2.75rem; font: inherit; padding: 0.5rem; }
input[type='radio'] { width: 1.25rem; height: 1.25rem; flex: none; }
button { margin-top: 1rem; cursor: pointer; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
[role='alert'] { border-left: 0.25rem solid; padding-left: 0.75rem; font-weight: 600; }
`;
