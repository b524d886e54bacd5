# Curbside as one static binary, with nothing beside it but certificate authorities.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/curbside ./cmd/curbside

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/curbside /curbside
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/curbside"]
CMD ["serve", "--config", "/etc/curbside/curbside.yaml"]
