package cloud.wuye.notification;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The same words in both languages. */
@Type("BilingualText")
@Description("The same words in both languages.")
public record BilingualText(
        @NonNull @Description("In Chinese.") String zh, @NonNull @Description("In English.") String en) {}
