package cloud.wuye.device.metering.billing;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes bills overdue. */
@ApplicationScoped
class OverdueBillsJob implements SharedJob {
    private final MarkOverdue overdue;

    OverdueBillsJob(MarkOverdue overdue) {
        this.overdue = overdue;
    }

    @Override
    public Bell bell() {
        return Bell.ACCOUNTS;
    }

    @Override
    public String name() {
        return "bills-overdue";
    }

    @Override
    public Uni<Integer> run() {
        return overdue.now();
    }
}
