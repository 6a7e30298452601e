package cloud.wuye.schedule;

import cloud.wuye.platform.retention.ForgetOldRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Clears away what is older than it is kept. */
@ApplicationScoped
class RetentionJob implements SharedJob {
    private final ForgetOldRows old;

    RetentionJob(ForgetOldRows old) {
        this.old = old;
    }

    @Override
    public Bell bell() {
        return Bell.UPKEEP;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Uni<Integer> run() {
        return old.run();
    }
}
