package cloud.wuye.device.metering.credit;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Looks for accounts of meters that count their own credit and were not looked at for a day. */
@Singleton
class DrawOwnUsageJob extends SharedJob {
    DrawOwnUsageJob(DrawOwnUsage draw) {
        super(Bell.ACCOUNTS, "own-credit", draw::now);
    }
}
