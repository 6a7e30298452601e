package cloud.wuye.device.metering.water;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks at nights that are over. */
@ApplicationScoped
class LeakJob implements SharedJob {
    private final LookForLeaks look;

    LeakJob(LookForLeaks look) {
        this.look = look;
    }

    @Override
    public Bell bell() {
        return Bell.ACCOUNTS;
    }

    @Override
    public String name() {
        return "leaks";
    }

    @Override
    public Uni<Integer> run() {
        return look.now();
    }
}
