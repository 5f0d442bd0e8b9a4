/** The mark: a round company seal with its star, ring and the notch of a pressed edge. Decorative beside the name. */
export function SealLogo({ size = 30 }: { size?: number }) {
  return (
    <svg className="seal-logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="14.6" fill="none" stroke="currentColor" strokeWidth="2.2" />
      <circle
        cx="16"
        cy="16"
        r="11.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1"
        strokeDasharray="1.1 1.9"
        opacity=".75"
      />
      <path
        d="M16 8.2l1.87 5.2 5.53.17-4.37 3.39 1.55 5.3L16 19.15l-4.58 3.11 1.55-5.3-4.37-3.39 5.53-.17z"
        fill="currentColor"
      />
    </svg>
  );
}
