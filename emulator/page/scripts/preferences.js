// What somebody chose on this page, kept by the browser.

const KEY = "phones-of-the-local-telegram";
const DEFAULTS = { language: "", theme: "system", sound: true, phones: [], read: {}, epoch: "", guide: "" };

let kept = load();

function load() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

export const preferences = new Proxy({}, {
  get: (_, name) => kept[name],
  set: (_, name, value) => {
    kept = { ...kept, [name]: value };
    localStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  },
});

export function showTheme() {
  if (preferences.theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = preferences.theme;
}
