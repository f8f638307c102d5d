import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Icon } from '../parts/icon.tsx'
import { When } from '../parts/when.tsx'
import './review-card.css'

const STARS = [1, 2, 3, 4, 5]

/** What the customer thought of it. */
export function ReviewCard({ review }: { review: NonNullable<OrderDetail['review']> }) {
  return (
    <section class="section">
      <h2>Review</h2>
      <div class="card card-pad review">
        <div class="pair">
          <span class="stars" role="img" aria-label={`${review.rating} of 5 stars`}>
            {STARS.map((star) => (
              <span key={star} class={star <= review.rating ? 'star star-on' : 'star'}>
                <Icon name="star" />
              </span>
            ))}
          </span>
          <When at={review.at} />
        </div>
        {review.words && <p class="wrap">{review.words}</p>}
      </div>
    </section>
  )
}
