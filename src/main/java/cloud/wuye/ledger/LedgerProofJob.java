package cloud.wuye.ledger;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Rings for the proof of the books. */
@Singleton
class LedgerProofJob extends SharedJob {
    LedgerProofJob(ProveLedger prove) {
        super(Bell.PROOFS, "ledger-proof", prove::now);
    }
}
