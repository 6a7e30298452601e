package cloud.wuye.device.metering;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps the months to come ready in the tables that are partitioned by month. */
@ApplicationScoped
class MonthsAheadJob implements SharedJob {
    private final MonthsAhead months;

    MonthsAheadJob(MonthsAhead months) {
        this.months = months;
    }

    @Override
    public Bell bell() {
        return Bell.UPKEEP;
    }

    @Override
    public String name() {
        return "months-ahead";
    }

    @Override
    public Uni<Integer> run() {
        return months.make();
    }
}
