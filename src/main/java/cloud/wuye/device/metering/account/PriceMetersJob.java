package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Sees whether there is a price by now for usage that had none. */
@ApplicationScoped
class PriceMetersJob implements SharedJob {
    private final RerateUsage rerate;

    PriceMetersJob(RerateUsage rerate) {
        this.rerate = rerate;
    }

    @Override
    public Bell bell() {
        return Bell.ACCOUNTS;
    }

    @Override
    public String name() {
        return "price-meters";
    }

    @Override
    public Uni<Integer> run() {
        return rerate.nowPriced();
    }
}
