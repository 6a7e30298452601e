package cloud.wuye.device.contract;

/** A meter's reading. */
public sealed interface MeterTelemetry extends Telemetry permits ElectricityTelemetry, WaterTelemetry {
    /** Why the reading was taken. */
    ReadingSource source();

    /** The read command that asked for it, or null. */
    String commandId();
}
