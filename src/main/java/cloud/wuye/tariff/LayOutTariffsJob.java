package cloud.wuye.tariff;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import jakarta.inject.Singleton;

/** Keeps tariffs laid out ahead. */
@Singleton
class LayOutTariffsJob extends SharedJob {
    LayOutTariffsJob(LayOutTariffs layOut) {
        super(Bell.UPKEEP, "tariffs-ahead", layOut::now);
    }
}
