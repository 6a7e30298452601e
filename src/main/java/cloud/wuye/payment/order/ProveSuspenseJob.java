package cloud.wuye.payment.order;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the proof of suspense. */
@ApplicationScoped
class ProveSuspenseJob implements SharedJob {
    private final ProveSuspense prove;

    ProveSuspenseJob(ProveSuspense prove) {
        this.prove = prove;
    }

    @Override
    public Bell bell() {
        return Bell.PROOFS;
    }

    @Override
    public String name() {
        return "suspense-proof";
    }

    @Override
    public Uni<Integer> run() {
        return prove.now();
    }
}
