package cloud.wuye.device.metering.billing;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Makes bills overdue. */
@Singleton
class OverdueBillsJob extends SharedJob {
    OverdueBillsJob(MarkOverdue overdue) {
        super(Bell.ACCOUNTS, "bills-overdue", overdue::now);
    }
}
