package cloud.wuye.payment.order;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Rings for the proof of suspense. */
@Singleton
class ProveSuspenseJob extends SharedJob {
    ProveSuspenseJob(ProveSuspense prove) {
        super(Bell.PROOFS, "suspense-proof", prove::now);
    }
}
