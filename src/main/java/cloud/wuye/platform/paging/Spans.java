package cloud.wuye.platform.paging;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;

/**
 * Refuses spans of time that end before they begin, wherever a client writes one: in a filter, in an input, as arguments, in the
 * filter of an export. An empty list would look like an answer. Hours of the day are no such span: 22:00 to 06:00 is a night.
 */
public final class Spans {
    /** How the ends of a span are called in inputs. */
    private static final Map<String, String> ENDS = Map.of("from", "to", "since", "until");

    private Spans() {}

    /**
     * Looks through what a client has written, however deep.
     *
     * @param path where it stands, as the client wrote it; empty at the top
     * @throws Problem VALIDATION at the end that is too early
     */
    public static void require(String path, Object written) {
        if (written instanceof Collection<?> several) {
            int no = 0;
            for (Object each : several) {
                require(under(path, no++), each);
            }
        }
        if (written instanceof Map<?, ?> fields) {
            ENDS.forEach((begin, end) -> requireForward(path, fields, begin, end));
            fields.forEach((name, value) -> require(under(path, name), value));
        }
    }

    private static void requireForward(String path, Map<?, ?> fields, String begin, String end) {
        Instant from = moment(fields.get(begin));
        Instant to = moment(fields.get(end));
        if (from != null && to != null && to.isBefore(from)) {
            throw new Problem(
                    ProblemCode.VALIDATION, under(path, end), Detail.of("{0} 早于 {1}", "{0} is before {1}", end, begin));
        }
    }

    private static String under(String path, Object name) {
        return path.isEmpty() ? String.valueOf(name) : path + "." + name;
    }

    /** Where a day or an instant lies; null for anything else, which is somebody else's to refuse. */
    private static Instant moment(Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .atStartOfDay(java.time.ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
