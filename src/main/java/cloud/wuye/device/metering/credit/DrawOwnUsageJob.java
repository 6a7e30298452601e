package cloud.wuye.device.metering.credit;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for accounts of meters that count their own credit and were not looked at for a day. */
@ApplicationScoped
class DrawOwnUsageJob implements SharedJob {
    private final DrawOwnUsage draw;

    DrawOwnUsageJob(DrawOwnUsage draw) {
        this.draw = draw;
    }

    @Override
    public Bell bell() {
        return Bell.ACCOUNTS;
    }

    @Override
    public String name() {
        return "own-credit";
    }

    @Override
    public Uni<Integer> run() {
        return draw.now();
    }
}
