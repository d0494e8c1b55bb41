import classes from './wordmark.module.css'

/** The name beside its sign: five bars of a meter. */
export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <path
          d="M2 8.5v3M6 5.5v9M10 7.5v5M14 3v14M18 8v4"
          stroke="var(--ts-accent)"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
      <span className={classes.name}>TrackSensei</span>
    </span>
  )
}
