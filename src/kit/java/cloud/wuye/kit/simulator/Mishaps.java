package cloud.wuye.kit.simulator;

import java.time.Duration;
import java.time.InstantSource;

/** The accidents between two readings: the network goes and comes back, the device starts anew. */
final class Mishaps {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    void after(SimulatedMeter meter, InstantSource time) {
        if (!meter.isOnline() || meter.modem().isShared()) {
            return;
        }
        if (meter.unlucky(Fault.OUTAGE)) {
            Duration away = meter.interval().multipliedBy(meter.draw(3, 12));
            Duration real = FleetTime.real(time, away.compareTo(LONGEST) > 0 ? LONGEST : away);
            meter.loseNetwork();
            Ticks.after(real, meter::connect);
        } else if (meter.unlucky(Fault.RESTART)) {
            meter.restart();
        }
    }
}
