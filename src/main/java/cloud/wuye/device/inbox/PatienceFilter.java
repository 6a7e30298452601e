package cloud.wuye.device.inbox;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Keeps the calls that {@link PatientSession} lets go astray out of the log: they come at every start and are wanted. */
@LoggingFilter(name = "patience")
public final class PatienceFilter implements Filter {
    private static final String CLIENT = "io.vertx.mqtt.impl.MqttClientImpl";
    private static final String ASTRAY = "Can't connect to " + PatientSession.HERE + ":" + PatientSession.NOBODY;

    @Override
    public boolean isLoggable(LogRecord line) {
        return !CLIENT.equals(line.getLoggerName())
                || line.getMessage() == null
                || !line.getMessage().startsWith(ASTRAY);
    }
}
