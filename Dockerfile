# syntax=docker/dockerfile:1
# Builds and runs cc-relay. The same image without Docker: mvn -Pimage -DskipTests verify
#
#   docker build -t cc-relay .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     -p 8787:8787 -v ./config.yaml:/etc/cc-relay/config.yaml:ro \
#     -e CC_RELAY_CONFIG=/etc/cc-relay/config.yaml cc-relay
#
# Inside a container the configuration must say server.listen: ":8787" to be reachable from outside.
# The root file system may be read-only; /tmp (an emptyDir in Kubernetes) takes what native code
# unpacks. Pin the image of the first stage by digest in a release build; the second has none.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline || true
COPY conf ./conf
COPY src ./src
RUN mvn -B -ntp -q -Dmaven.test.skip=true package \
 && java src/image/ImageRoot.java target/cc-relay.jar /image \
 && chmod 1777 /image/system/tmp

FROM scratch
COPY --from=build /image/system/ /
COPY --from=build /image/java/ /
COPY --from=build /image/app/ /

ENV LANG=C.UTF-8
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
