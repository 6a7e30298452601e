package cloud.wuye.ledger;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the proof of the books. */
@ApplicationScoped
class LedgerProofJob implements SharedJob {
    private final ProveLedger prove;

    LedgerProofJob(ProveLedger prove) {
        this.prove = prove;
    }

    @Override
    public Bell bell() {
        return Bell.PROOFS;
    }

    @Override
    public String name() {
        return "ledger-proof";
    }

    @Override
    public Uni<Integer> run() {
        return prove.now();
    }
}
