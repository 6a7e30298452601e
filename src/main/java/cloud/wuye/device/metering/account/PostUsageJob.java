package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Tells the journal what was used. */
@Singleton
class PostUsageJob extends SharedJob {
    PostUsageJob(PostUsage post) {
        super(Bell.ACCOUNTS, "post-usage", post::now);
    }
}
