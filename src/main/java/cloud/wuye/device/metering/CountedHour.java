package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a counter counted in an hour.
 *
 * @param coveredMicros how much of the hour lies between two accepted readings
 * @param readings accepted readings that close an interval in it
 */
record CountedHour(Instant hour, BigDecimal quantity, long coveredMicros, int readings) {
    CountedHour plus(CountedHour more) {
        return new CountedHour(
                hour, quantity.add(more.quantity), coveredMicros + more.coveredMicros, readings + more.readings);
    }
}
