package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Rings for the proof of credit. */
@Singleton
class ProveCreditJob extends SharedJob {
    ProveCreditJob(ProveCredit prove) {
        super(Bell.PROOFS, "credit-proof", prove::now);
    }
}
