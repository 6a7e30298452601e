package cloud.wuye.device.command;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** One transmission of a command. */
@Type("DeviceCommandAttempt")
@Description("One transmission of a command and what came of it.")
public record CommandAttemptView(
        @Description("Which one, from 1.") int number,
        @Description("When it was given to the broker.") Instant sentAt,
        @Description("When the device said that it has it.") Instant acceptedAt,
        @Description("When it ended.") Instant endedAt,
        @Description("How it ended; absent while it is under way.") CommandState outcome,
        @Description("Why, a word for machines.") String code,
        @Description("Why, in words.") String detail,
        @Description("Answers that came after it had ended, or came again.") int lateAnswers) {
    static CommandAttemptView of(Row row) {
        String outcome = row.getString("outcome");
        return new CommandAttemptView(
                row.getInteger("attempt"),
                instant(row, "sent_at"),
                instant(row, "accepted_at"),
                instant(row, "ended_at"),
                outcome == null ? null : CommandState.valueOf(outcome),
                row.getString("code"),
                row.getString("detail"),
                row.getInteger("late"));
    }
}
