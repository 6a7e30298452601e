package cloud.wuye.device.imports;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * What is wrong with a row.
 *
 * @param row its number as a spreadsheet shows it: the header is row 1
 * @param column the English heading of the column at fault
 */
@RegisterForReflection
record RowError(int row, String column, ProblemCode code, Message message) {
    /** The same words in both languages, because the file goes to people of both. */
    record Message(String zh, String en) {}

    static RowError of(int row, ImportColumn column, ProblemCode code, Object... arguments) {
        Problem problem = new Problem(code, column.heading(), arguments);
        return new RowError(
                row, column.heading(), code, new Message(problem.text(Locale.CHINESE), problem.text(Locale.ENGLISH)));
    }
}
