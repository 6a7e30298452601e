package cloud.wuye.schedule;

import cloud.wuye.platform.retention.ForgetOldRows;
import jakarta.inject.Singleton;

/** Clears away what is older than it is kept. */
@Singleton
class RetentionJob extends SharedJob {
    RetentionJob(ForgetOldRows old) {
        super(Bell.UPKEEP, "retention", old::run);
    }
}
