/**
 * The GraphQL door: what is common to every query, mutation and subscription.
 *
 * <ul>
 *   <li>{@code GraphQLOverHttp}: the protocol (media types, status codes, GET and POST, batches);
 *   <li>{@code GatedExecution} and {@code DocumentGate}: what refuses a document before it is executed;
 *   <li>{@code ErrorViews}: the one place where a failure turns into what the client sees;
 *   <li>{@code ExactScalars}: Decimal and Long, which a JavaScript client can keep exact.
 * </ul>
 *
 * Execution itself is SmallRye's. Neighbours allowed: {@code platform.problem}.
 */
package cloud.wuye.platform.graphql;
