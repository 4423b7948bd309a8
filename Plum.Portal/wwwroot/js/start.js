// The page first, then its circuit: what the shown page does not need (Blazor, MudBlazor's toasts) is fetched at once and run after the
// first paint. A style keeps its place in the cascade; scripts run in their order.
const begin = () => {
  for (const link of document.querySelectorAll('link[data-after-paint]')) {
    if (link.as === 'style') {
      link.rel = 'stylesheet';
    } else {
      const script = document.createElement('script');
      script.src = link.href;
      script.async = false;
      document.body.append(script);
    }
  }
};

if (document.visibilityState === 'hidden') {
  begin(); // nothing is painted in a tab behind others
} else {
  requestAnimationFrame(() => requestIdleCallback(begin, { timeout: 300 }));
}
