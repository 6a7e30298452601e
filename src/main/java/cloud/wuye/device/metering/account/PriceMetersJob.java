package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Sees whether there is a price by now for usage that had none. */
@Singleton
class PriceMetersJob extends SharedJob {
    PriceMetersJob(RerateUsage rerate) {
        super(Bell.ACCOUNTS, "price-meters", rerate::nowPriced);
    }
}
