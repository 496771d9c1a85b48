# syntax=docker/dockerfile:1
# Builds and runs cc-relay.
#
#   docker build -t cc-relay .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     -p 8787:8787 -v ./config.yaml:/etc/cc-relay/config.yaml:ro \
#     -e CC_RELAY_CONFIG=/etc/cc-relay/config.yaml cc-relay
#
# Inside a container the configuration must say server.listen: ":8787" to be reachable from outside.
# The root file system may be read-only; /tmp (an emptyDir in Kubernetes) takes what native code
# unpacks. Pin the base images by digest in a release build.

ARG JAVA=25

FROM maven:3-eclipse-temurin-${JAVA} AS build
WORKDIR /src
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline || true
COPY src ./src
COPY conf ./conf
RUN mvn -B -ntp -q -Dmaven.test.skip=true package

# A runtime of the modules that the jar needs, and no more.
FROM eclipse-temurin:${JAVA}-jdk AS runtime
RUN "$JAVA_HOME/bin/jlink" --no-header-files --no-man-pages --strip-debug --compress=zip-6 \
      --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.security.jgss,java.sql,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs \
      --output /opt/java

COPY --from=build /src/target/cc-relay.jar /opt/cc-relay/cc-relay.jar
COPY conf/jvm.options /opt/cc-relay/jvm.options

# A cache of loaded and linked classes halves the time to start; without it the program starts too.
RUN /opt/java/bin/java @/opt/cc-relay/jvm.options -XX:AOTCacheOutput=/opt/cc-relay/cc-relay.aot \
      -jar /opt/cc-relay/cc-relay.jar demo --once --requests 60 || true

FROM gcr.io/distroless/base-nossl-debian12
COPY --from=runtime /opt/java /opt/java
COPY --from=runtime /opt/cc-relay /opt/cc-relay

ENV TMPDIR=/tmp
USER 65534:65534
WORKDIR /tmp
EXPOSE 8787 9090
STOPSIGNAL SIGTERM

# The program asks itself: the image has no shell and no curl.
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s --retries=3 \
  CMD ["/opt/java/bin/java", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-jar", "/opt/cc-relay/cc-relay.jar", "status"]

ENTRYPOINT ["/opt/java/bin/java", "@/opt/cc-relay/jvm.options", \
            "-XX:AOTCache=/opt/cc-relay/cc-relay.aot", "-Xlog:aot=off", "-Xlog:cds=off", "-jar", "/opt/cc-relay/cc-relay.jar"]
CMD ["serve"]
