package cloud.wuye.notification;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which messages to list; absent fields filter nothing. */
@Input("MessageFilterInput")
@Description("Which messages to list; absent fields filter nothing.")
public record MessageFilterInput(@Description("true: only unread ones; false: only those read.") Boolean unread) {
    static final MessageFilterInput NONE = new MessageFilterInput(null);
}
