package cloud.wuye.device.inbox;

import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the corridor begin with, behind an {@link OpenDoor}: one meter, whose words the handlers take. */
abstract class WithHeardMeter {
    @Inject
    TestDevices devices;

    @Inject
    DeviceInbox inbox;

    HeardMeter meter;

    @BeforeEach
    void oneMeter() {
        meter = new HeardMeter(devices, inbox);
    }

    @AfterEach
    void sleep() {
        meter.fallSilent();
    }
}
