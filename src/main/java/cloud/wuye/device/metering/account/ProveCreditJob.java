package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the proof of credit. */
@ApplicationScoped
class ProveCreditJob implements SharedJob {
    private final ProveCredit prove;

    ProveCreditJob(ProveCredit prove) {
        this.prove = prove;
    }

    @Override
    public Bell bell() {
        return Bell.PROOFS;
    }

    @Override
    public String name() {
        return "credit-proof";
    }

    @Override
    public Uni<Integer> run() {
        return prove.now();
    }
}
