package cloud.wuye.device.contract;

/** Figures a device takes: of its registers and of the moment. */
public sealed interface Telemetry extends Payload
        permits MeterTelemetry, SocketTelemetry, TerminalTelemetry, GatewayTelemetry {}
