/** The shape of a quote that is on its way. It shows itself only after a moment, so that a quick answer does not flicker. */
export function QuoteSkeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <i />
      <i />
      <i />
      <i class="thin" />
    </div>
  )
}
