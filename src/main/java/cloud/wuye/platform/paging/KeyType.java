package cloud.wuye.platform.paging;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The SQL types a list can be ordered by, each with its exact text form inside a cursor. */
public enum KeyType {
    TEXT(Row::getString, text -> text),
    UUID(Row::getUUID, java.util.UUID::fromString),
    /** {@code timestamptz}, to the microsecond. */
    INSTANT(Row::getOffsetDateTime, OffsetDateTime::parse),
    DATE(Row::getLocalDate, LocalDate::parse),
    DECIMAL(Row::getBigDecimal, BigDecimal::new),
    LONG(Row::getLong, Long::valueOf),
    INT(Row::getInteger, Integer::valueOf);

    private final BiFunction<Row, String, Object> reader;
    private final Function<String, Object> parser;

    KeyType(BiFunction<Row, String, Object> reader, Function<String, Object> parser) {
        this.reader = reader;
        this.parser = parser;
    }

    /** The value of a column, or null. */
    Object read(Row row, String column) {
        return reader.apply(row, column);
    }

    /** The value a cursor carries; any {@link RuntimeException} means that the cursor is not one of ours. */
    Object parse(String text) {
        return parser.apply(text);
    }
}
