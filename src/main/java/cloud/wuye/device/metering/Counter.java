package cloud.wuye.device.metering;

import java.util.UUID;

/** One counter of one meter. */
record Counter(UUID tenantId, UUID deviceId, MeterRegister register) {
    static Counter of(RegisterReading reading) {
        return new Counter(reading.tenantId(), reading.deviceId(), reading.register());
    }
}
