package cloud.wuye.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Listens to the log lines of a class, with what the JSON log writes beside them. */
public final class LogLines implements AutoCloseable {
    /** A line. */
    public record Line(String text, String tenant, String traceId) {}

    private static final PatternFormatter WORDS = new PatternFormatter("%s");

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final ExtHandler ear = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord line) {
            lines.add(new Line(WORDS.format(line), line.getMdc("tenant"), line.getMdc("traceId")));
        }
    };

    public LogLines(String category) {
        logger = Logger.getLogger(category);
        logger.addHandler(ear);
    }

    /** Those that were written and hold this text. */
    public List<Line> with(String text) {
        return lines.stream().filter(line -> line.text().contains(text)).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(ear);
    }
}
