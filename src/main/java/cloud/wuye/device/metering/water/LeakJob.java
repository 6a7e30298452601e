package cloud.wuye.device.metering.water;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Looks at nights that are over. */
@Singleton
class LeakJob extends SharedJob {
    LeakJob(LookForLeaks look) {
        super(Bell.ACCOUNTS, "leaks", look::now);
    }
}
