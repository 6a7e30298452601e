package cloud.wuye.device.inbox;

import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of the corridor begin with: one meter whose words the handlers take, while the broker lets everybody in. */
@ExtendWith(OpenDoor.class)
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
