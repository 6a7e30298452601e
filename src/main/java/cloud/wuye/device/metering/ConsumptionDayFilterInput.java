package cloud.wuye.device.metering;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Which days' consumption an export holds; absent fields filter nothing.
 *
 * @param from the first day
 * @param to the first day that no longer counts
 */
@RegisterForReflection
record ConsumptionDayFilterInput(
        UUID deviceId, UUID servicePointId, List<MeterRegister> registers, LocalDate from, LocalDate to) {}
