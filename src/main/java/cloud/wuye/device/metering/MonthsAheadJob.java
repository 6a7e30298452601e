package cloud.wuye.device.metering;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Keeps the months to come ready in the tables that are partitioned by month. */
@Singleton
class MonthsAheadJob extends SharedJob {
    MonthsAheadJob(MonthsAhead months) {
        super(Bell.UPKEEP, "months-ahead", months::make);
    }
}
