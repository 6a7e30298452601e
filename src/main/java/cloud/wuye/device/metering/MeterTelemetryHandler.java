package cloud.wuye.device.metering;

import cloud.wuye.device.contract.ElectricityTelemetry;
import cloud.wuye.device.contract.EnergyRegister;
import cloud.wuye.device.contract.MeterTelemetry;
import cloud.wuye.device.contract.WaterTelemetry;
import cloud.wuye.device.inbox.Received;
import cloud.wuye.device.inbox.TelemetryHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Takes what meters send from the inbox into the store: one reading for each counter in a message. */
@ApplicationScoped
class MeterTelemetryHandler implements TelemetryHandler<MeterTelemetry> {
    private final RecordReadings recordReadings;
    private final MeterRegistry meters;

    MeterTelemetryHandler(RecordReadings recordReadings, MeterRegistry meters) {
        this.recordReadings = recordReadings;
        this.meters = meters;
    }

    @Override
    public Class<MeterTelemetry> handles() {
        return MeterTelemetry.class;
    }

    @Override
    public Uni<List<Refusal>> store(SqlConnection tx, List<Received<MeterTelemetry>> batch) {
        List<RegisterReading> readings = new ArrayList<>(batch.size());
        batch.forEach(message -> addReadings(message, readings));
        return recordReadings
                .store(tx, readings)
                .invoke(recorded -> recorded.suspects().forEach(this::count))
                .replaceWith(List.of());
    }

    /** A batch that is tried again counts again: a figure to watch, not to bill by. */
    private void count(Recorded.Suspect suspect) {
        meters.counter("wuye.metering.suspects", "finding", suspect.finding().name())
                .increment();
    }

    private static void addReadings(Received<MeterTelemetry> message, List<RegisterReading> readings) {
        if (message.payload() instanceof ElectricityTelemetry electricity) {
            electricity.registers().forEach((register, value) -> add(message, register(register), value, readings));
        } else if (message.payload() instanceof WaterTelemetry water) {
            add(message, MeterRegister.TOTAL, water.total(), readings);
            add(message, MeterRegister.REVERSE, water.reverse(), readings);
        }
    }

    private static void add(
            Received<MeterTelemetry> message,
            MeterRegister register,
            BigDecimal value,
            List<RegisterReading> readings) {
        if (value != null) {
            readings.add(new RegisterReading(
                    message.device().tenantId(),
                    message.device().id(),
                    register,
                    message.envelope().id(),
                    value,
                    message.at(),
                    message.receivedAt(),
                    message.envelope().ts(),
                    message.clockSuspect(),
                    origin(message.payload()),
                    null));
        }
    }

    private static MeterRegister register(EnergyRegister register) {
        return register == EnergyRegister.IMPORT ? MeterRegister.TOTAL : MeterRegister.valueOf(register.name());
    }

    private static ReadingOrigin origin(MeterTelemetry telemetry) {
        return ReadingOrigin.valueOf(telemetry.source().name());
    }
}
