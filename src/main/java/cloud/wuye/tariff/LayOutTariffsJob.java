package cloud.wuye.tariff;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps tariffs laid out ahead. */
@ApplicationScoped
class LayOutTariffsJob implements SharedJob {
    private final LayOutTariffs layOut;

    LayOutTariffsJob(LayOutTariffs layOut) {
        this.layOut = layOut;
    }

    @Override
    public Bell bell() {
        return Bell.UPKEEP;
    }

    @Override
    public String name() {
        return "tariffs-ahead";
    }

    @Override
    public Uni<Integer> run() {
        return layOut.now();
    }
}
